"""The pages of pressing, a module for each thing."""
