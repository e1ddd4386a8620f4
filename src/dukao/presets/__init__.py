"""Room `presets`: what places do, as data with name and source. A leaf."""
