"""Many documents: worked on one by one, by whatever hands there are, and put together again."""
