/**
 * The nodes of a graph and what may follow what, known before anything runs: what is wrong with it, and how it is drawn. It
 * uses nothing but the JDK.
 */
@NullMarked
package dev.clew.graph.topology;

import org.jspecify.annotations.NullMarked;
