//! Joins two alignments of one source text into groups of three.
