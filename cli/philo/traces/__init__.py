"""Traces on the terminal: asked of Jaeger, shown as a waterfall."""
