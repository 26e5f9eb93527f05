namespace EventBus.Analyzers;

/// <summary>The ids of the rules: EVB1xxx declaring a contract, EVB2xxx using it, EVB3xxx hosting. An id is never reused.</summary>
internal static class DiagnosticIds
{
    public const string UnreachableContract = "EVB1001";

    public const string UnsupportedParameterType = "EVB1002";

    public const string UnsupportedReturnType = "EVB1003";

    public const string MemberIsNoEvent = "EVB1004";

    public const string ArgumentNotByValue = "EVB1005";

    public const string DuplicateEventName = "EVB1006";

    public const string UnusableEventName = "EVB1007";

    public const string HiddenSender = "EVB1008";

    public const string UnusableBusNamespace = "EVB1009";

    public const string InheritedInterfaceIsNoContract = "EVB1010";

    public const string ContradictingAttributes = "EVB1011";

    public const string UnreadablePayload = "EVB1012";

    public const string UnfitFormatter = "EVB1013";

    public const string AmbiguousUnion = "EVB1014";

    public const string UnusedJsonConverter = "EVB1015";

    public const string MisusedProvidedParameter = "EVB1016";

    public const string SenderClash = "EVB1017";
    public const string EmptyPayload = "EVB1018";

    public const string UnseenCode = "EVB1019";

    public const string EventAlwaysTooLong = "EVB1020";

    public const string EventLikelyTooLong = "EVB1021";

    public const string EventMaybeTooLong = "EVB1022";

    public const string EventHoldsBinary = "EVB1023";

    public const string ImpreciseNumber = "EVB1024";

    public const string UnusedAttribute = "EVB1026";

    public const string LanguageTooOld = "EVB1027";

    public const string MisappliedFormatter = "EVB1028";

    public const string UnfitSingleValue = "EVB1029";

    public const string JournaledAck = "EVB1030";

    public const string UnfitPartitionKey = "EVB1031";

    public const string UnusedPartitionKey = "EVB1032";

    public const string EventChanged = "EVB1040";

    public const string EventRemoved = "EVB1041";

    public const string EventNotRecorded = "EVB1042";

    public const string MeaninglessLockLine = "EVB1043";

    public const string AsyncVoidHandler = "EVB2001";

    public const string UnobservedEmit = "EVB2002";

    public const string EmitBesideTransaction = "EVB2003";

    public const string BusPerCall = "EVB2004";

    public const string EmitterPerCall = "EVB2005";

    public const string UnboundedRoom = "EVB2006";

    public const string BlockingHandler = "EVB2007";

    public const string LocalJournaledEmit = "EVB2008";

    public const string NoContract = "EVB2009";

    public const string LongConstant = "EVB2020";

    public const string UnhandledContract = "EVB3001";

    public const string UnsentContract = "EVB3002";

    public const string ContradictingOptions = "EVB3003";

    public const string MisusedEventHandler = "EVB3004";
}

/// <summary>The categories of the rules, one for each range of ids.</summary>
internal static class DiagnosticCategories
{
    /// <summary>EVB1xxx.</summary>
    public const string Declaring = "EventBus.Declaring";

    /// <summary>EVB2xxx.</summary>
    public const string Using = "EventBus.Using";

    /// <summary>EVB3xxx.</summary>
    public const string Hosting = "EventBus.Hosting";
}
