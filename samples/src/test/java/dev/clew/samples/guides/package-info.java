/** What the guides of the documentation quote, beside the samples. */
package dev.clew.samples.guides;
