package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.PressureSample;
import io.tocsin.schemas.TaskSample;
import java.util.List;

/**
 * The control group of one container. Counters are since it was made. Each part can fail on its
 * own; {@link GoneException} means that the container has ended.
 */
sealed interface Cgroup permits CgroupV1, CgroupV2 {

  /** Whether it is still there. */
  boolean isThere();

  /** What it may use; walks up to the root, so it is asked less often than the rest. */
  Limits limits(Machine machine, KernelText text, Troubles troubles) throws GoneException;

  /** One of its processes in the reader's numbering; 0 if there is none. */
  long process(KernelText text) throws CollectorException, GoneException;

  CpuSample cpu(Limits limits, KernelText text) throws CollectorException, GoneException;

  MemorySample memory(Limits limits, KernelText text) throws CollectorException, GoneException;

  List<DiskSample> disks(BlockDevices devices, KernelText text, Troubles troubles)
      throws CollectorException, GoneException;

  /** Null where the kernel keeps none for groups. */
  PressureSample pressure(KernelText text) throws CollectorException, GoneException;

  TaskSample tasks(Limits limits, KernelText text) throws CollectorException, GoneException;

  /** Closes its files. */
  void close();
}
