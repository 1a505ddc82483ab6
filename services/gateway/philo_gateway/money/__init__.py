"""Money: what work is worth, what is put aside for a job, and a ledger of where it went."""
