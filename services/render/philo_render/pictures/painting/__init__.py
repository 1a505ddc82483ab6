"""The paint box: colours, paper layers, light and weather on one float canvas."""
