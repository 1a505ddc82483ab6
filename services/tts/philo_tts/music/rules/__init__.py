"""The composer's rules as data: moods, genres, casts, figures and rhythms."""
