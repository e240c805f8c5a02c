/** Requests and replies over the servlet API, without a thread for each open answer. */
@NullMarked
package dev.clew.server.servlet;

import org.jspecify.annotations.NullMarked;
