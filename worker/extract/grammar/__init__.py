"""The grammar of a sentence: its units and their meaning, its clauses, verbs, and what a number is the number of."""
