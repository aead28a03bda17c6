"""A package with a name of its own, because a library may install a folder called tests too."""
