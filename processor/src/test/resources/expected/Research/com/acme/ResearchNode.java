package com.acme;

import dev.clew.flow.NodeRef;
import javax.annotation.processing.Generated;

/**
 * The nodes of {@link ResearchGraph}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public enum ResearchNode implements NodeRef {
  PLAN("plan"),

  SEARCH("search"),

  WRITE("write"),

  REVIEW("review"),

  IMPROVE("improve"),

  PUBLISH("publish");

  private final String id;

  ResearchNode(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }
}
