/** Holds the repository's documents to what the code says. */
package dev.clew.samples.docs;
