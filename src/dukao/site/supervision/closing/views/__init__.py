"""Pages of close-out and standing: lists, the application, each act, the papers."""
