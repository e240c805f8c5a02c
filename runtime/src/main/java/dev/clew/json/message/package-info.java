/** The JSON of messages, which is LangChain's: a short form that is stored, a full form that clients read. */
@NullMarked
package dev.clew.json.message;

import org.jspecify.annotations.NullMarked;
