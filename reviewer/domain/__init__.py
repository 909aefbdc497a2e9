"""The nouns: frozen values that travel between stages. Nothing here imports anything else of ours."""
