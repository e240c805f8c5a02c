/** The inspector in a browser. */
package dev.clew.inspector;
