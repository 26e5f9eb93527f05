using System.Collections;
using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EventBus.Tests.Architecture;

/// <summary>Every use of one of the library's types by another of them, read from its metadata and IL.</summary>
internal sealed class TypeUses : IEnumerable<(TypeName From, TypeName To)>
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    private readonly HashSet<(TypeName, TypeName)> _uses = [];

    public TypeUses(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        var names = new NameProvider(metadata, new SourceFolders(path, image));
        foreach (var handle in metadata.TypeDefinitions)
        {
            var from = names.NameOf(handle);
            if (!IsOurs(from))
                continue;
            foreach (var to in UsesOf(image, metadata, metadata.GetTypeDefinition(handle), names))
            {
                if (IsOurs(to))
                    _uses.Add((from, to));
            }
        }
    }

    public IEnumerator<(TypeName From, TypeName To)> GetEnumerator() => _uses.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The compiler's own types (inline arrays, for instance) and those of other generators have no source here.
    private static bool IsOurs(TypeName type) => type.Folder.Length > 0;

    private static List<TypeName> UsesOf(PEReader image, MetadataReader metadata, TypeDefinition type, NameProvider names)
    {
        var used = new List<TypeName>();
        used.AddRange(names.Resolve(type.BaseType));
        foreach (var implemented in type.GetInterfaceImplementations())
            used.AddRange(names.Resolve(metadata.GetInterfaceImplementation(implemented).Interface));
        foreach (var field in type.GetFields())
            used.AddRange(metadata.GetFieldDefinition(field).DecodeSignature(names, null));
        foreach (var parameter in type.GetGenericParameters())
            used.AddRange(ConstraintsOf(metadata, parameter, names));
        foreach (var handle in type.GetMethods())
        {
            var method = metadata.GetMethodDefinition(handle);
            var signature = method.DecodeSignature(names, null);
            used.AddRange(signature.ReturnType);
            used.AddRange(signature.ParameterTypes.SelectMany(parameter => parameter));
            foreach (var parameter in method.GetGenericParameters())
                used.AddRange(ConstraintsOf(metadata, parameter, names));
            if (method.RelativeVirtualAddress != 0)
                used.AddRange(UsesOf(image.GetMethodBody(method.RelativeVirtualAddress), metadata, names));
        }

        return used;
    }

    private static IEnumerable<TypeName> ConstraintsOf(MetadataReader metadata, GenericParameterHandle parameter, NameProvider names) =>
        metadata.GetGenericParameter(parameter)
            .GetConstraints()
            .SelectMany(handle => names.Resolve(metadata.GetGenericParameterConstraint(handle).Type));

    private static List<TypeName> UsesOf(MethodBodyBlock body, MetadataReader metadata, NameProvider names)
    {
        var used = new List<TypeName>();
        if (!body.LocalSignature.IsNil)
        {
            var locals = metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
            used.AddRange(locals.SelectMany(local => local));
        }

        used.AddRange(body.ExceptionRegions.SelectMany(region => names.Resolve(region.CatchType)));

        var il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == 0xFE)
                code = 0xFE00 | il.ReadByte();
            switch (Operands[code])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.ReadByte();
                    break;
                case OperandType.InlineVar:
                    il.ReadInt16();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    for (var targets = il.ReadInt32(); targets > 0; targets--)
                        il.ReadInt32();
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    used.AddRange(names.Resolve(MetadataTokens.EntityHandle(il.ReadInt32())));
                    break;
                default:
                    il.ReadInt32();
                    break;
            }
        }

        return used;
    }

    private sealed class NameProvider(MetadataReader metadata, SourceFolders folders)
        : ISignatureTypeProvider<ImmutableArray<TypeName>, object?>
    {
        public TypeName NameOf(TypeDefinitionHandle handle)
        {
            var type = metadata.GetTypeDefinition(handle);
            var outer = type.GetDeclaringType();
            return outer.IsNil
                ? new TypeName(folders.Of(handle), metadata.GetString(type.Namespace), metadata.GetString(type.Name))
                : NameOf(outer);
        }

        public ImmutableArray<TypeName> Resolve(EntityHandle handle)
        {
            if (handle.IsNil)
                return [];
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    return [NameOf((TypeDefinitionHandle)handle)];
                case HandleKind.TypeSpecification:
                    return metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                case HandleKind.MethodDefinition:
                    return [NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())];
                case HandleKind.FieldDefinition:
                    return [NameOf(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())];
                case HandleKind.MemberReference:
                    return Resolve(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                case HandleKind.MethodSpecification:
                    var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    return [.. Resolve(method.Method), .. method.DecodeSignature(this, null).SelectMany(argument => argument)];
                default:
                    return [];
            }
        }

        public ImmutableArray<TypeName> GetArrayType(ImmutableArray<TypeName> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<TypeName> GetByReferenceType(ImmutableArray<TypeName> elementType) => elementType;

        public ImmutableArray<TypeName> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeName>> signature) =>
            [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(parameter => parameter)];

        public ImmutableArray<TypeName> GetGenericInstantiation(
            ImmutableArray<TypeName> genericType, ImmutableArray<ImmutableArray<TypeName>> typeArguments) =>
            [.. genericType, .. typeArguments.SelectMany(argument => argument)];

        public ImmutableArray<TypeName> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeName> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeName> GetModifiedType(
            ImmutableArray<TypeName> modifier, ImmutableArray<TypeName> unmodifiedType, bool isRequired) =>
            unmodifiedType;

        public ImmutableArray<TypeName> GetPinnedType(ImmutableArray<TypeName> elementType) => elementType;

        public ImmutableArray<TypeName> GetPointerType(ImmutableArray<TypeName> elementType) => elementType;

        public ImmutableArray<TypeName> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public ImmutableArray<TypeName> GetSZArrayType(ImmutableArray<TypeName> elementType) => elementType;

        public ImmutableArray<TypeName> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            [NameOf(handle)];

        public ImmutableArray<TypeName> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public ImmutableArray<TypeName> GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
