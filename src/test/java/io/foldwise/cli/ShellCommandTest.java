package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The words of a line of the shell. */
class ShellCommandTest {
  private static void assertWords(String line, String... words) {
    assertEquals(List.of(words), ShellCommand.split(line), line);
  }

  @Test
  void quotesKeepBlanksWhereverTheyStand() {
    assertWords("search --grid=\"l2=0,1; degree=1,2\"", "search", "--grid=l2=0,1; degree=1,2");
    assertWords("search --grid 'l2=0; l1=\"1\"'", "search", "--grid", "l2=0; l1=\"1\"");
    assertWords("a\"b c\"d", "ab cd");
    assertWords("--out \"\"", "--out", "");
    assertWords("\"a\\\"b\\\\c\\d\"", "a\"b\\c\\d");
  }

  @Test
  void aCommentBeginsWhereAWordDoes() {
    assertWords("fit # all rows", "fit");
    assertWords("inspect --data runs/a#b.csv", "inspect", "--data", "runs/a#b.csv");
    assertWords("# only this");
    assertWords("fit # one\n--data x", "fit", "--data", "x");
  }

  @Test
  void aBackslashKeepsTheNextCharacterAndGoesOnAfterTheEndOfALine() {
    assertWords("a\\ b", "a b");
    assertWords("search \\\n  --data x", "search", "--data", "x");
    assertWords("sea\\\nrch", "search");
  }

  @Test
  void aTildeAtTheBeginningIsTheHome() {
    String home = System.getProperty("user.home");
    assertWords("--data ~/x.csv a~/b '~/c'", "--data", home + "/x.csv", "a~/b", "~/c");
  }
}
