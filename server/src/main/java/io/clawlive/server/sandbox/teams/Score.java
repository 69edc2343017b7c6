package io.clawlive.server.sandbox.teams;

import io.clawlive.server.sandbox.teams.TeamFile.Place;
import java.util.List;

/**
 * How well a message fits a place.
 *
 * @param confidence 0 to 1
 * @param matched what was found, as the file has it
 */
record Score(Place place, double confidence, List<String> matched) {}
