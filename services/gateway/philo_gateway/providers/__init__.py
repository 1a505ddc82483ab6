"""How those are who work for money: as every service notes it in Redis, and what they cost, as the ledger has it."""
