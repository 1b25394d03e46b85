# What a published round says.
