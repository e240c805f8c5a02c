package com.acme;

import dev.clew.flow.NodeRef;
import javax.annotation.processing.Generated;

/**
 * The nodes of {@link OnceSteps_TripsGraph}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
enum OnceSteps_TripsNode implements NodeRef {
  PAY_TRIP("payTrip"),

  CHARGE("charge"),

  NOTE("note"),

  RESERVE("reserve"),

  LOCK("lock"),

  WAY_OUT("way-out"),

  TELL("tell");

  private final String id;

  OnceSteps_TripsNode(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }
}
