"""How a whole batch travels to PostgreSQL: as literals of arrays. Pure; refuses to know what is in them."""
