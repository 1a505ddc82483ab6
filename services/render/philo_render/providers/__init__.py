"""Those who paint for money, behind one port. `painter.py` says what is asked and answered, `faults.py` how it fails."""
