"""Those who compose for money, behind one port. `composer.py` says what is asked and answered, `faults.py` how it fails."""
