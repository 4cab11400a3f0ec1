package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered to a person who asks for the rest of a word. */
class CompletionTest {
  @TempDir Path folder;

  /** What the shell of our own offers after a line. */
  private static List<String> offered(String line) {
    List<Candidate> found = new ArrayList<>();
    new ShellCompleter(Main.COMMANDS)
        .complete(
            null,
            new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE),
            found);
    return found.stream().map(Candidate::value).toList();
  }

  @Test
  void theShellOffersCommandsOptionsAndTheirValues() {
    assertTrue(offered("").containsAll(List.of("search", "inspect", "help", "exit")));
    assertTrue(offered("help ").contains("search"));
    assertTrue(offered("search --lo").contains("--loss"));
    assertFalse(offered("search --loss huber --").contains("--loss"), "it is there already");
    assertTrue(offered("search --loss ").containsAll(List.of("squared", "huber")));
    assertEquals(List.of(), offered("search --folds "), "a number is not to be guessed");
    assertEquals(List.of(), offered("serach --"));
  }

  @Test
  void theShellOffersFilesWhereAPathIsAskedFor() throws Exception {
    Files.createDirectory(folder.resolve("inner"));
    Files.createFile(folder.resolve("data.csv"));
    Files.createFile(folder.resolve(".hidden"));
    assertEquals(
        List.of(folder + "/data.csv", folder + "/inner/"),
        offered("search --data " + folder + "/").stream().sorted().toList());
    assertTrue(offered("compare " + folder + "/").contains(folder + "/inner/"));
    assertEquals(List.of(), offered("search --data " + folder + "/none/"));
  }

  @Test
  void bashCompletesWithTheScript() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Outcome.of("completion", "bash").succeeded().out());
    assertEquals("search", bash(script, "submit/foldwise", "sear"));
    assertEquals("--loss", bash(script, "submit/foldwise", "search", "--lo"));
    assertEquals("huber hinge", bash(script, "submit/foldwise", "search", "--loss", "h"));
  }

  private static String bash(Path script, String... words) throws Exception {
    String call =
        """
        source '%s'
        compopt() { :; }
        COMP_WORDS=(%s) COMP_CWORD=%d
        _complete_foldwise
        echo "${COMPREPLY[@]}"
        """
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash = new ProcessBuilder("bash", "-c", call).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    return said.strip();
  }

  @Test
  void fishIsToldOfEveryCommandAndOption() {
    String script = Outcome.of("completion", "fish").succeeded().out();
    for (Command command : Main.COMMANDS) {
      assertTrue(script.contains(" -n __fish_use_subcommand -a " + command.name() + " -d '"));
    }
    assertTrue(
        script.contains("'__fish_seen_subcommand_from search' -l loss -r -a 'squared absolute"),
        script);
  }

  @Test
  void anUnknownShellIsRefused() {
    Outcome.of("completion", "bsh")
        .assertRefused(
            2,
            "'completion' takes the name of a shell, bash, zsh or fish, and was given 'bsh': did you mean 'bash'?");
    Outcome.of("completion")
        .assertRefused(
            2, "'completion' takes the name of a shell, bash, zsh or fish, and was given nothing");
  }
}
