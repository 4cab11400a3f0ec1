package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Axis;
import io.foldwise.search.Grid;
import java.util.Optional;

/**
 * The grid: {@code --grid}, and every axis as an option of its own.
 *
 * <p>An option beats the same axis in the grid of a config file, and a grid on the command line
 * beats the config file's option. Both in the same place is a refusal.
 */
final class GridArguments {
  private final Settings settings;

  GridArguments(Settings settings) {
    this.settings = settings;
  }

  /**
   * The values to try.
   *
   * @throws InvalidInputException if an axis or a value is unknown, or an axis is given twice
   */
  Grid grid() {
    Grid stated = Grid.parse(settings.text(Options.GRID).orElse(""));
    Grid grid = stated;
    for (Axis axis : Axis.values()) {
      Optional<String> values = settings.text(Options.of(axis));
      if (values.isPresent() && wins(axis, stated)) {
        grid = grid.with(axis, values.get());
      }
    }
    Optional<Long> sample = settings.whole(Options.SAMPLE, 1);
    return sample.isPresent()
        ? grid.sampled(
            (int) Math.min(Integer.MAX_VALUE, sample.get()), PlanArguments.seed(settings))
        : grid;
  }

  /** Whether the axis's own option holds rather than the grid. */
  private boolean wins(Axis axis, Grid stated) {
    if (!stated.names(axis)) {
      return true;
    }
    boolean ofCommandLine = settings.onCommandLine(Options.of(axis));
    if (ofCommandLine == settings.onCommandLine(Options.GRID)) {
      throw new InvalidInputException(
          "'%s' is given both in 'grid' and as an option of its own: keep one"
              .formatted(axis.label()));
    }
    return ofCommandLine;
  }
}
