"""Processes, sorting on disk, folders: what a build runs on. No word of the domain."""
