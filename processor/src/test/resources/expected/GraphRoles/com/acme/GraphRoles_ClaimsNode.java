package com.acme;

import dev.clew.flow.NodeRef;
import javax.annotation.processing.Generated;

/**
 * The nodes of {@link GraphRoles_ClaimsGraph}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
enum GraphRoles_ClaimsNode implements NodeRef {
  CHECKS("checks"),

  RUN_CHECK("run-check"),

  AGAIN("again"),

  AUDIT("audit"),

  CHECKS2("checks2"),

  REST("rest"),

  LETTER("letter"),

  REMINDER("reminder");

  private final String id;

  GraphRoles_ClaimsNode(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }
}
