/** Workflows as models of a chat, in the form of OpenAI's API. */
@NullMarked
package dev.clew.server.chat;

import org.jspecify.annotations.NullMarked;
