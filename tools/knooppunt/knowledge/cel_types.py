"""What a rule may read: the fields of a pod, of a cluster and of a tool, with the kind of value that each holds.

The fields of a pod are those of Kubernetes 1.25 to 1.37 that say something about the place where it runs; a field that
a rule needs and that is not here is added here, in one line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.model import Target

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Type:
    """The kind of a value; `any` fits everywhere."""

    kind: str
    """`text`, `number`, `truth`, `list`, `map` (any key), `object` (known fields) or `any`."""
    fields: Mapping[str, Type] = field(default_factory=dict)
    item: Type | None = None
    """Of the items of a list, or of the values of a map."""
    sure: frozenset[str] = frozenset()
    """Fields that an object always has."""


TEXT, NUMBER, TRUTH, ANY = Type("text"), Type("number"), Type("truth"), Type("any")


def items(item: Type) -> Type:
    """A list of these."""
    return Type("list", item=item)


def struct(sure: str = "", /, **fields: Type) -> Type:
    """An object with these fields; `sure` names those that are always there, with spaces between them."""
    return Type("object", fields, sure=frozenset(sure.split()))


def bag(names: str) -> Type:
    """An object whose fields may hold anything."""
    return Type("object", dict.fromkeys(names.split(), ANY))


MAP = Type("map", item=ANY)
_HANDLER = bag("exec httpGet tcpSocket sleep")
_PROBE = bag(
    "exec httpGet tcpSocket grpc initialDelaySeconds periodSeconds timeoutSeconds successThreshold failureThreshold "
    "terminationGracePeriodSeconds"
)
_RESOURCES = struct(requests=MAP, limits=MAP, claims=items(ANY))
_ENV = struct(
    name=TEXT,
    value=TEXT,
    valueFrom=struct(
        fieldRef=struct(fieldPath=TEXT, apiVersion=TEXT), resourceFieldRef=ANY, secretKeyRef=ANY, configMapKeyRef=ANY
    ),
)
_MOUNT = struct(
    name=TEXT,
    mountPath=TEXT,
    subPath=TEXT,
    subPathExpr=TEXT,
    mountPropagation=TEXT,
    readOnly=TRUTH,
    recursiveReadOnly=TEXT,
)
_SECURITY = (
    "runAsUser runAsGroup runAsNonRoot seccompProfile seLinuxOptions appArmorProfile windowsOptions "  # of both
    "fsGroup fsGroupChangePolicy supplementalGroups supplementalGroupsPolicy sysctls seLinuxChangePolicy "  # of a pod
    "privileged capabilities readOnlyRootFilesystem allowPrivilegeEscalation procMount"  # of a container
)
_PORT = struct(name=TEXT, containerPort=NUMBER, hostPort=NUMBER, hostIP=TEXT, protocol=TEXT)
_CONTAINER = struct(
    name=TEXT,
    image=TEXT,
    imagePullPolicy=TEXT,
    command=items(TEXT),
    args=items(TEXT),
    workingDir=TEXT,
    ports=items(_PORT),
    env=items(_ENV),
    envFrom=items(ANY),
    resources=_RESOURCES,
    resizePolicy=items(ANY),
    restartPolicy=TEXT,
    volumeMounts=items(_MOUNT),
    volumeDevices=items(ANY),
    livenessProbe=_PROBE,
    readinessProbe=_PROBE,
    startupProbe=_PROBE,
    lifecycle=struct(postStart=_HANDLER, preStop=_HANDLER, stopSignal=TEXT),
    securityContext=bag(_SECURITY),
    terminationMessagePath=TEXT,
    terminationMessagePolicy=TEXT,
    stdin=TRUTH,
    tty=TRUTH,
)
_VOLUME = struct(
    name=TEXT,
    csi=struct(driver=TEXT, readOnly=TRUTH, volumeAttributes=MAP, nodePublishSecretRef=ANY),
    azureFile=struct(secretName=TEXT, shareName=TEXT, readOnly=TRUTH),
    **dict.fromkeys(
        (
            *("awsElasticBlockStore", "azureDisk", "cephfs", "cinder", "configMap", "downwardAPI", "emptyDir"),
            *("ephemeral", "fc", "flexVolume", "flocker", "gcePersistentDisk", "gitRepo", "glusterfs", "hostPath"),
            *("image", "iscsi", "nfs", "persistentVolumeClaim", "photonPersistentDisk", "portworxVolume"),
            *("projected", "quobyte", "rbd", "scaleIO", "secret", "storageos", "vsphereVolume"),
        ),
        ANY,
    ),
)
POD_SPEC = struct(
    "containers",
    containers=items(_CONTAINER),
    initContainers=items(_CONTAINER),
    ephemeralContainers=items(_CONTAINER),
    volumes=items(_VOLUME),
    nodeSelector=MAP,
    nodeName=TEXT,
    affinity=ANY,
    tolerations=items(struct(key=TEXT, operator=TEXT, value=TEXT, effect=TEXT, tolerationSeconds=NUMBER)),
    hostNetwork=TRUTH,
    hostPID=TRUTH,
    hostIPC=TRUTH,
    hostUsers=TRUTH,
    hostAliases=items(ANY),
    hostname=TEXT,
    subdomain=TEXT,
    setHostnameAsFQDN=TRUTH,
    os=struct(name=TEXT),
    securityContext=bag(_SECURITY),
    imagePullSecrets=items(struct(name=TEXT)),
    serviceAccountName=TEXT,
    automountServiceAccountToken=TRUTH,
    restartPolicy=TEXT,
    dnsPolicy=TEXT,
    dnsConfig=ANY,
    priorityClassName=TEXT,
    runtimeClassName=TEXT,
    schedulerName=TEXT,
    schedulingGates=items(ANY),
    resourceClaims=items(ANY),
    resources=_RESOURCES,
    readinessGates=items(ANY),
    topologySpreadConstraints=items(ANY),
    terminationGracePeriodSeconds=NUMBER,
    activeDeadlineSeconds=NUMBER,
    shareProcessNamespace=TRUTH,
    enableServiceLinks=TRUTH,
    preemptionPolicy=TEXT,
    overhead=MAP,
)
_METADATA = struct(name=TEXT, generateName=TEXT, namespace=TEXT, labels=MAP, annotations=MAP)
_NUMBERS = "cpu memory withoutCpu withoutMemory cpuLimit memoryLimit ports"
_TOTALS = Type("object", dict.fromkeys(_NUMBERS.split(), NUMBER), sure=frozenset(_NUMBERS.split()))
_SIZES = items(struct("cpu memory", name=TEXT, cpu=NUMBER, memory=NUMBER))
_OBJECT = struct(
    "kind metadata",
    kind=TEXT,
    apiVersion=TEXT,
    metadata=_METADATA,
    spec=ANY,
    type=TEXT,
    data=MAP,
    stringData=MAP,
)
_CLUSTER = struct(
    name=TEXT,
    kubernetesVersion=TEXT,
    networkProfile=struct(
        networkPlugin=TEXT, networkPluginMode=TEXT, networkPolicy=TEXT, ipFamilies=items(TEXT), networkDataplane=TEXT
    ),
    apiServerAccessProfile=struct(authorizedIpRanges=items(TEXT), enablePrivateCluster=TRUTH),
    diskEncryptionSetId=TEXT,
    metricsProfile=struct(costAnalysis=struct(enabled=TRUTH)),
    securityProfile=struct(imageCleaner=struct(enabled=TRUTH), workloadIdentity=struct(enabled=TRUTH)),
    serviceMeshProfile=struct(mode=TEXT),
    agentPoolProfiles=items(
        struct(name=TEXT, osType=TEXT, securityProfile=struct(enableVtpm=TRUTH, enableSecureBoot=TRUTH))
    ),
    addonProfiles=MAP,
)

WORKLOAD_ROOTS = ("podSpec", "allContainers", "metadata", "totals", "sizes")
OBJECT_ROOT = "object"
ROOTS: Mapping[Target, Mapping[str, Type]] = {
    Target.MANIFEST: {
        "kind": TEXT,
        "variant": TEXT,
        "metadata": _METADATA,
        "podSpec": POD_SPEC,
        "allContainers": items(_CONTAINER),
        "totals": _TOTALS,
        "sizes": _SIZES,
        "object": _OBJECT,
    },
    Target.CLUSTER: {"variant": TEXT, "cluster": _CLUSTER},
    Target.TOOL: {"variant": TEXT, "tool": struct("name version", name=TEXT, version=items(NUMBER))},
}
"""The variables that a rule of each target may name.

`kind` is that of the workload and `metadata` that of its pods; `allContainers` are the containers and then the init
containers; `totals` are sums over the containers (requests in
thousandths of a CPU and in bytes, the largest limits, how many containers ask for nothing, how many ports there are),
`sizes` the requests of each container that has them, with 0 where it has none. `object` is any other object. A rule
reads either a workload or an object.
"""
