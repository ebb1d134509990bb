"""From what a person said to what they want: normalization, numbers, the language of the answer, the intent."""
