"""The recipe of the starter speech model: grammar, synthesis, training, conversion, evaluation."""
