"""Composing by rules: form, harmony, then one room for every role."""
