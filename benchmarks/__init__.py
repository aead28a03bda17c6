"""Speed, as ratios measured in one run: ours against the same job done on a plain copy."""
