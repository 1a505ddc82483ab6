"""Figures, measured side by side in one run. Each module is a command."""
