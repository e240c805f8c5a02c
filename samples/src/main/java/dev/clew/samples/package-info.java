/** Short programs, each readable from top to bottom. */
package dev.clew.samples;
