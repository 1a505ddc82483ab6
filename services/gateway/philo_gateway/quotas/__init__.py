"""What a tier allows, and how much of it somebody has used: judged before work is accepted."""
