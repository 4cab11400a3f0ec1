package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.report.ReportPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Writes the report of a run again, as this version of Foldwise draws it. */
final class ReportCommand implements Command {
  private static final Option RUN = Option.path("DIR", "DIR", "the folder of a run (required)");

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "write a run's report.html again, as this version draws it";
  }

  @Override
  public String example() {
    return "report runs/first";
  }

  @Override
  public Map<String, List<Option>> options() {
    return Map.of();
  }

  @Override
  public Optional<Option> arguments() {
    return Optional.of(RUN);
  }

  @Override
  public void run(Settings settings, Console console) {
    List<String> folders = settings.arguments(RUN);
    if (folders.size() != 1) {
      throw new InvalidInputException("'report' needs the folder of one run: write report DIR");
    }
    SavedRun run = new SavedRun(folders.get(0));
    String data =
        ReportPage.data(run.text(RunFolder.REPORT))
            .orElseThrow(() -> run.refusal("holds a report.html that foldwise did not write"));
    String page = new Path(folders.get(0), RunFolder.REPORT).toString();
    try (OutputLocation place = OutputLocation.at(page, true, names -> names.length == 0)) {
      place.text(place.scratch(), out -> ReportPage.write(data, out));
      place.commit(place.scratch());
      console.result("", "report    %s%n".formatted(place.shown()));
    }
  }
}
