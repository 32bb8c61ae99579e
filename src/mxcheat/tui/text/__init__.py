"""Text for widgets: pure functions from rows and results to styled lines."""
