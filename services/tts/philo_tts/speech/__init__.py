"""What is said when a text is read aloud: pure, no I/O. Every shown word keeps its own place in what is spoken."""

from philo_tts.speech.passages import Passage, clean, passages
from philo_tts.speech.plan import speak_plan
from philo_tts.speech.tokens import Token

__all__ = ["Passage", "Token", "clean", "passages", "speak_plan"]
