/** LangChain4j's models behind Clew's ports. */
@NullMarked
package dev.clew.langchain4j;

import org.jspecify.annotations.NullMarked;
