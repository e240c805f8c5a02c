/**
 * The JSON codec, and the only room that knows Jackson.
 *
 * <p>A value is written by the <em>shape</em> of the type that the code declares; what no shape covers (beans, and types
 * that users' modules handle) is left to Jackson, which in turn asks the shapes for every member.
 */
@NullMarked
package dev.clew.json;

import org.jspecify.annotations.NullMarked;
