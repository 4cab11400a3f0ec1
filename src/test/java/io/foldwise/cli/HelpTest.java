package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code COMMAND --help} says. */
class HelpTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  private static List<String> help(String command) {
    return Outcome.of(command, "--help").succeeded().out().lines().toList();
  }

  /** The words of the example at the end, what it writes being in a folder of the test's. */
  private List<String> example(String command) {
    List<String> help = help(command);
    String last = help.get(help.size() - 1);
    assertEquals("Example:", help.get(help.size() - 2));
    assertTrue(last.startsWith("  submit/foldwise " + command + " "), last);
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(last.strip());
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(text.replaceFirst("^runs/", folder + "/"));
    }
    return words.subList(1, words.size());
  }

  @Test
  void everyExampleWorksInTheOrderOfTheCommands() {
    for (String command :
        new String[] {
          "search", "fit", "evaluate", "predict", "inspect", "generate", "explain", "report"
        }) {
      Outcome outcome = Outcome.of(example(command).toArray());
      assertEquals(0, outcome.status(), command + ": " + outcome.err());
    }
    Outcome.of(
            "search",
            "--data",
            "data/diabetes.csv",
            "--label",
            "target",
            "--out",
            folder.resolve("second"))
        .succeeded();
    Outcome.of(example("compare").toArray()).succeeded();
    assertTrue(Files.exists(folder.resolve("first/result.json")));
    assertTrue(Files.isRegularFile(folder.resolve("predictions.csv")));
    assertTrue(Files.isRegularFile(folder.resolve("curve.csv")));
  }

  @Test
  void everyOptionSaysItsDefaultOrThatItIsRequired() {
    for (Command command : Main.COMMANDS) {
      for (Option option : Invocation.optionsOf(command).values()) {
        boolean said = option.help().contains("(default") || option.help().contains("(required)");
        assertTrue(said, option.toString());
      }
    }
  }

  /** The first of the headings that the options stand under. */
  @Test
  void theFileOfAnExperimentStandsUnderExperiment() {
    for (String command : List.of("search", "fit", "explain")) {
      List<String> help = help(command);
      int at = help.indexOf("Experiment:");
      assertTrue(at > 0 && help.get(at + 1).contains("--config"), help.toString());
    }
  }

  @Test
  void helpShowsOnlyWhatACommandHas() {
    for (String absent : List.of("--grid", "--group", "--fold", "--select", "--patience")) {
      assertFalse(help("fit").stream().anyMatch(line -> line.strip().startsWith(absent)), absent);
    }
    for (String command : List.of("predict", "generate")) {
      assertTrue(
          help(command).stream().anyMatch(line -> line.matches(" +--out=FILE +data file .*")));
    }
    for (String command : List.of("inspect", "evaluate", "explain")) {
      assertTrue(
          help(command).stream().anyMatch(line -> line.matches(" +--json +print JSON instead .*")));
    }
  }

  /** A file that serves search and fit names columns that are no features in either. */
  @Test
  void fitLeavesAFilesGroupsAndFoldsOutOfTheFeatures() throws Exception {
    Path data =
        Files.writeString(
            folder.resolve("data.csv"), "x,house,part,y\n1,1,0,3\n2,1,0,5\n3,2,1,7\n4,2,1,9\n");
    Path config =
        Files.writeString(
            folder.resolve("run.yaml"), "data: " + data + "\ngroup: house\nfold-column: part\n");
    Outcome fit = Outcome.of("fit", "--config", config, "--optimizer", "exact").succeeded();
    assertTrue(fit.out().contains("y = 1 + 2 x\n"), fit.out());
    Path grid = Files.writeString(folder.resolve("grid.yaml"), "grid:\n  degree: 1..3\n");
    Outcome.of("fit", "--config", grid, "--data", data)
        .assertRefused(2, "'fit' takes one value an axis, and these make 3 candidates: use search");
  }
}
