"""Asking those who work for money: where one may go, with which key, how much is read, when to leave one alone."""
