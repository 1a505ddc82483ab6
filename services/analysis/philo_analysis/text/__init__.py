"""From a raw script to clean paragraphs and sentences, without losing a word."""
