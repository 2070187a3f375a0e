"""Channels that a person serves: the horn lays out a package with files, words, steps and a deadline.

A module a channel, each with its card and ``build``. A publisher that posts by itself takes a channel over by a file of
its own and the channel's line in the registry.
"""
