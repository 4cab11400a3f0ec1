package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What the command line says of its version. */
final class VersionTest {
  @Test
  void itIsThatOfThePom() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    String version = XPathFactory.newInstance().newXPath().evaluate("/project/version", pom);
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+.*"), version);
    assertEquals(version, Version.TEXT);
    assertEquals("foldwise " + version, Outcome.of("--version").succeeded().out().strip());
  }
}
