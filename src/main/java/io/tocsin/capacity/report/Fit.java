package io.tocsin.capacity.report;

import io.tocsin.capacity.packing.Box;
import io.tocsin.capacity.packing.Overcommit;
import java.util.List;
import java.util.Map;

/**
 * Whether a fleet fits after changes.
 *
 * @param hosts how many there are then
 * @param guests how many have to be placed then
 * @param changes in words
 * @param left guests without room
 * @param places host by guest
 * @param survivesAnyLoss whether, as it is now, any one host may be lost
 * @param overcommit of all hosts together, as it is now
 * @param leftOut VMs and containers whose size is not known
 */
public record Fit(
    boolean fits,
    int hosts,
    int guests,
    List<String> changes,
    List<Box> left,
    Map<String, String> places,
    boolean survivesAnyLoss,
    Overcommit overcommit,
    List<String> leftOut) {}
