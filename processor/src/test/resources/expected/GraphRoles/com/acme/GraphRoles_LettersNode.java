package com.acme;

import dev.clew.flow.NodeRef;
import javax.annotation.processing.Generated;

/**
 * The nodes of {@link GraphRoles_LettersGraph}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
enum GraphRoles_LettersNode implements NodeRef {
  COMPOSE("compose");

  private final String id;

  GraphRoles_LettersNode(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }
}
