package io.foldwise.spark.engine.plan;

/**
 * The planner's choice, for {@code explain} and for the report.
 *
 * @param movement what moves between tasks
 * @param gathering what moves where moments are taken, by whichever engine: sums or rows
 * @param reason why it was chosen, in one line
 * @param cost what it takes
 */
public record EnginePlan(
    Engine engine,
    Moving movement,
    Movement gathering,
    Processor device,
    String reason,
    Cost cost) {

  /** This plan with one more reason. */
  EnginePlan because(String more) {
    return new EnginePlan(engine, movement, gathering, device, reason + "; " + more, cost);
  }

  /**
   * What moves between tasks.
   *
   * @param segments the number of segments that the rows are cut into by their position in the
   *     shuffled order; 0 where they stay where they are
   */
  public record Moving(Movement what, int segments) {
    @Override
    public String toString() {
      return segments == 0 ? what.label() : "%s (%,d segments)".formatted(what.label(), segments);
    }
  }

  /**
   * What a plan takes.
   *
   * @param dataPasses the number of passes over the training rows as they are read
   * @param memoryBytes the bytes of the largest thing held at once: the moments of all blocks, or
   *     the packed rows
   * @param tasks the number of parallel tasks that descend
   */
  public record Cost(int dataPasses, long memoryBytes, int tasks) {}
}
