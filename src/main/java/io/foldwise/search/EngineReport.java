package io.foldwise.search;

import java.util.List;

/**
 * Says how trials were computed.
 *
 * @param name the engine's name, such as moments
 * @param movement what moved between tasks
 * @param device cpu or gpu
 * @param reason why this engine, in one line
 * @param dataPasses the number of passes over the training rows so far
 * @param aggregateSeconds the seconds of the aggregate that serves every trial; 0 where there is
 *     none
 * @param notes what a person should know of the training sets, one line each
 */
public record EngineReport(
    String name,
    String movement,
    String device,
    String reason,
    int dataPasses,
    double aggregateSeconds,
    List<String> notes) {
  public EngineReport {
    notes = List.copyOf(notes);
  }

  /** This report after further passes over the training rows. */
  public EngineReport afterPasses(int passes) {
    return new EngineReport(name, movement, device, reason, passes, aggregateSeconds, notes);
  }

  /** This report with other notes. */
  public EngineReport with(List<String> otherNotes) {
    return new EngineReport(
        name, movement, device, reason, dataPasses, aggregateSeconds, otherNotes);
  }
}
